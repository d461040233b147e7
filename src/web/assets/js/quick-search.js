// Ctrl K opens the search from every page of the agency; the arrows walk through what it finds, Enter opens the first.
// Without a script the same search is the page /search.
// A boosted page brings it again: all of it stands in one block, done once.
if (!globalThis.carnetSearches) {
  globalThis.carnetSearches = true;
  const dialog = () => document.getElementById('quick-search');

  function openSearch() {
    const box = dialog();
    if (!box || box.open || document.querySelector('dialog[open]')) return;
    box.showModal();
    box.querySelector('input[type="search"]').select();
  }

  function stepThrough(event, box) {
    const stops = [box.querySelector('input[type="search"]'), ...box.querySelectorAll('[data-hit]')];
    const at = stops.indexOf(document.activeElement);
    const next = at + (event.key === 'ArrowDown' ? 1 : -1);
    if (at === -1 || next < 0 || next >= stops.length) return;
    event.preventDefault();
    stops[next].focus();
  }

  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
      if (!dialog()) return;
      event.preventDefault();
      openSearch();
      return;
    }
    const box = dialog();
    if (!box?.open) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') stepThrough(event, box);
    const first = box.querySelector('[data-hit]');
    if (event.key === 'Enter' && event.target.matches('input[type="search"]') && first) {
      event.preventDefault();
      first.click();
    }
  });
  document.addEventListener('click', (event) => {
    const opener = event.target.closest?.('[data-quick-search]');
    if (opener && dialog() && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      openSearch();
    }
  });
}
