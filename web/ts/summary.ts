// After a refused form the summary of errors has the focus, so that it is read first; a link in it leads into the field itself,
// with its label in sight.
export function summary(page: Document): void {
  const box = page.querySelector<HTMLElement>('.govuk-error-summary');
  if (!box)
    return;
  box.tabIndex = -1;
  box.focus();
  box.addEventListener('click', event => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#"]');
    const target = link && page.getElementById(decodeURIComponent(link.hash.slice(1)));
    const field = target?.querySelector<HTMLElement>('input, select, textarea') ?? target;     // a group: its first box
    if (!field)
      return;
    event.preventDefault();
    const place = field.closest('fieldset') ?? page.querySelector(`label[for="${CSS.escape(field.id)}"]`) ?? field;
    place.scrollIntoView();
    field.focus({ preventScroll: true });
  });
}
