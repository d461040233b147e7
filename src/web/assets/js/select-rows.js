// Ticks every row of a list at once, and says how many are ticked. Without it the boxes still work one by one.
function boxesOf(form) {
  return [...form.querySelectorAll('input:is([name="prospectIds"], [name="enrolments"])')];
}

function say(form) {
  const boxes = boxesOf(form);
  const ticked = boxes.filter((box) => box.checked).length;
  for (const box of boxes) box.closest('tr')?.setAttribute('aria-selected', String(box.checked));
  const all = form.querySelector('[data-select-all]');
  if (all) {
    all.hidden = false;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  }
  const count = form.querySelector('[data-selected-count]');
  if (!count) return;
  const { none, one, many } = count.dataset;
  count.textContent = ticked === 0 ? none : ticked === 1 ? one : many.replace('#', String(ticked));
}

if (!globalThis.carnetSelectsRows) {
  globalThis.carnetSelectsRows = true;
  document.addEventListener('change', (event) => {
    const form = event.target.closest?.('[data-selection]');
    if (!form) return;
    if (event.target.matches('[data-select-all]'))
      for (const box of boxesOf(form)) box.checked = event.target.checked;
    say(form);
  });
  document.addEventListener('htmx:afterSettle', () =>
    document.querySelectorAll('[data-selection]').forEach(say),
  );
}
document.querySelectorAll('[data-selection]').forEach(say);
