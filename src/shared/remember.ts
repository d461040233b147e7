/**
 * A pure function of a text that keeps its last answers: the same company or title comes back many times in a list.
 * @param most answers kept; when they are as many, all are forgotten at once
 */
export function remember<T>(of: (text: string) => T, most = 5_000): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    if (answers.size >= most) answers.clear();
    const answer = of(text);
    answers.set(text, answer);
    return answer;
  };
}
