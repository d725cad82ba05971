import type { CDPSession, Page } from '@playwright/test';

/** An input method has hold of the keyboard: what it shows before it is done, and what it writes. */
export class InputMethod {
  constructor(private readonly cdp: CDPSession) {}

  static async of(page: Page): Promise<InputMethod> {
    return new InputMethod(await page.context().newCDPSession(page));
  }

  /** A key that it has taken. */
  async key(code: string): Promise<void> {
    const taken = { key: 'Process', code, windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 };
    await this.cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...taken });
    await this.cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...taken });
  }

  async compose(...texts: readonly string[]): Promise<void> {
    for (const text of texts) await this.cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  }

  async write(text: string): Promise<void> {
    await this.cdp.send('Input.insertText', { text });
  }
}

/**
 * What Safari does when Enter ends a composition: the composition is over before the key comes, which gives no other sign of what it was
 * for than its code.
 */
export const safariEnter = (page: Page, text: string, key = 'Enter'): Promise<void> =>
  page.evaluate(
    ([composed, name]) => {
      const input = document.activeElement as HTMLInputElement;
      const write = (value: string) => {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value);
        input.dispatchEvent(new InputEvent('input', { bubbles: true, data: value, inputType: 'insertCompositionText' }));
      };
      const before = input.value;
      input.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
      write(before + composed);
      input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: composed }));
      const taken = { key: name, code: name, keyCode: 229, which: 229, bubbles: true, cancelable: true };
      input.dispatchEvent(new KeyboardEvent('keydown', taken));
      input.dispatchEvent(new KeyboardEvent('keyup', { ...taken, keyCode: 13, which: 13 }));
    },
    [text, key] as const,
  );
