// A letter presses the link or button that bears it (`data-key`). Everything here also works by hand; app.js has `u` and `?`.
(() => {
  if (window.carnetKeyed) return;
  window.carnetKeyed = true;

  const isTyping = (target) =>
    target instanceof Element &&
    target.closest('input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]') !==
      null;

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || document.querySelector('dialog[open], #workbench')) return;
    if (!/^[a-z]$/.test(event.key)) return;
    const control = document.querySelector(`main [data-key="${event.key}"]:not([disabled])`);
    if (!control) return;
    event.preventDefault();
    window.carnetPress(control);
  });
})();
