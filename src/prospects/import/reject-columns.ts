/** Our own columns in a rejects file: the row in the file that came, what became of it, and why. */
export const REJECT_COLUMNS = ['Carnet row', 'Carnet outcome', 'Carnet reason'] as const;
