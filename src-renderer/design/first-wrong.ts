/** Where a form's button found something wrong: the person goes on at the first of it. */

/** Gives the focus to the form's first wrong field, once it is marked as such. */
export function focusFirstWrong(form: HTMLFormElement): void {
  requestAnimationFrame(() => {
    form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  });
}
