// A found value goes onto a line of its own in the field it is meant for. Loaded once, however often the page is boosted.
if (!window.carnetAppendsValues) {
  window.carnetAppendsValues = true;
  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-append-to]');
    if (!button) return;
    const field = document.getElementById(button.dataset.appendTo);
    const lines = field.value.split('\n').filter((line) => line.trim() !== '');
    if (!lines.includes(button.dataset.value)) lines.push(button.dataset.value);
    field.value = lines.join('\n');
    field.focus();
  });
}
