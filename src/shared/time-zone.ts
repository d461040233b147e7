const known = new Map<string, boolean>();

/** Whether there is such a zone (`Europe/Paris`). Asking costs much, and there are only so many zones. */
export function isZone(name: string): boolean {
  const answer = known.get(name);
  if (answer !== undefined) return answer;
  const found = asksForZone(name);
  if (known.size < 1000) known.set(name, found);
  return found;
}

function asksForZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
