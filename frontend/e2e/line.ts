import type { Page, WebSocketRoute } from '@playwright/test';

/** The line between one page and the server, which a test can cut and mend: `arrive(..., { before: line.lay })`. */
export class Line {
  private page: Page | undefined;
  private isCut = false;
  private readonly sockets = new Set<WebSocketRoute>();

  readonly lay = async (page: Page): Promise<void> => {
    this.page = page;
    await page.routeWebSocket(/\/staff-sync/, (socket) => {
      if (this.isCut) {
        void socket.close({ code: 3000 });
        return;
      }
      this.sockets.add(socket);
      socket.connectToServer();
    });
    await page.route('**/api/**', (route) => (this.isCut ? route.abort() : route.fallback()));
  };

  async cut(): Promise<void> {
    this.isCut = true;
    await Promise.all([...this.sockets].map((socket) => socket.close({ code: 3000 })));
    this.sockets.clear();
  }

  /** The page notices at once, as it does when the device finds its network again. */
  async mend(): Promise<void> {
    this.isCut = false;
    await this.page?.evaluate(() => window.dispatchEvent(new Event('online')));
  }
}
