// A form that was sent looks sent. It may be pressed again all the same: the token makes the server count it once, and a
// disabled button would leave a person stuck when the network drops.
export function once(page: Document): void {
  page.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.target === '_blank')
      return;
    const button = (event as SubmitEvent).submitter;
    button?.setAttribute('aria-busy', 'true');
    const still = () => button?.removeAttribute('aria-busy');
    window.setTimeout(still, 10_000);       // a download never leaves the page
    window.addEventListener('pageshow', still, { once: true });
  });
}
