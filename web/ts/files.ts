// input[type=file][data-max-bytes]: says that a file is too heavy before it is sent. A browser that has begun to send hears
// no answer until the end, so this spares minutes on a slow line. The server checks again.
const MB = 1024 * 1024;
const weight = (bytes: number) => `${Math.ceil(bytes / MB)} MB`;

function complain(input: HTMLInputElement, text: string): void {
  const notes = document.getElementById(`${input.id}-ghi-chu`);     // field_notes.html: what describes the field
  const group = input.closest('.govuk-form-group');
  let place = notes?.querySelector<HTMLElement>('[data-here]');
  if (!text && !place)
    return;           // the server's own words stay
  group?.classList.toggle('govuk-form-group--error', !!text);
  if (!text) {
    place!.remove();
    input.removeAttribute('aria-invalid');
    return;
  }
  if (!place) {
    place = document.createElement('p');
    place.dataset.here = '';
    place.className = 'govuk-error-message';
    notes?.append(place);
  }
  const prefix = document.createElement('span');
  prefix.className = 'govuk-visually-hidden';
  prefix.textContent = 'Lỗi:';
  place.replaceChildren(prefix, ` ${text}`);
  input.setAttribute('aria-invalid', 'true');
}

function tooHeavy(input: HTMLInputElement): File | undefined {
  const max = Number(input.dataset.maxBytes);
  return max > 0 ? [...input.files ?? []].find(file => file.size > max) : undefined;
}

export function files(root: ParentNode): void {
  for (const input of root.querySelectorAll<HTMLInputElement>('input[type="file"][data-max-bytes]:not([data-weighed])')) {
    const max = Number(input.dataset.maxBytes);
    input.dataset.weighed = '';
    input.addEventListener('change', () => {
      const heavy = tooHeavy(input);
      complain(input, heavy ? `Tệp “${heavy.name}” nặng ${weight(heavy.size)}, quá ${weight(max)}. Chọn tệp nhẹ hơn, ` +
        'hoặc chụp lại ở cỡ nhỏ hơn.' : '');
    });
    input.form?.addEventListener('submit', event => {
      if (tooHeavy(input)) {
        event.preventDefault();
        input.focus();
      }
    });
  }
}
