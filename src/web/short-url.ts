/** "https://www.linkedin.com/in/ada/" → "linkedin.com/in/ada": what a reader needs of an address. */
export function shortUrl(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/u, '').replace(/\/$/u, '');
}
