// form[data-guard]: leaving with something typed and not sent asks first, in the browser's own words.
export function guard(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-guard]:not([data-guarded])')) {
    let changed = false;
    form.dataset.guarded = '';
    form.addEventListener('input', () => { changed = true; });
    form.addEventListener('submit', event => { changed = event.defaultPrevented && changed; });
    window.addEventListener('beforeunload', event => {
      if (changed && form.isConnected)
        event.preventDefault();
    });
  }
}
