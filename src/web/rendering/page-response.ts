/** What a page handler gives back: the adapter sends it, with a status of its own choosing. */
export class PageResponse {
  constructor(
    readonly status: number,
    readonly headers: Record<string, string>,
    readonly body: string,
  ) {}

  static html(body: string, status = 200, headers: Record<string, string> = {}): PageResponse {
    return new PageResponse(status, { 'content-type': 'text/html; charset=utf-8', ...headers }, body);
  }

  /** 303: the browser goes on with a GET, so that a reload does nothing twice. */
  static redirect(path: string): PageResponse {
    return new PageResponse(303, { location: path }, '');
  }
}
