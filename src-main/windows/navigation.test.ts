import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { confine, supportAddress } from './navigation.ts';
import type { Confinable } from './navigation.ts';

/** Electron's own half: it asks the handler and fires the events, as the real contents do. */
class Contents extends EventEmitter implements Confinable {
  opening: (() => { action: 'deny' }) | null = null;
  setWindowOpenHandler(handler: () => { action: 'deny' }): void {
    this.opening = handler;
  }
  leaves(event: string, url: string): boolean {
    let isStopped = false;
    this.emit(event, { url, preventDefault: () => (isStopped = true) });
    return !isStopped;
  }
}

describe('R6 a page goes nowhere', () => {
  const places = [
    'https://example.org/',
    'http://example.org/',
    'app://meadowlark/other.html',
    'app://evil/index.html',
    'file:///etc/passwd',
    'file://server/share/x',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'blob:app://meadowlark/x',
    'about:blank',
    'smb://server/share',
    'ms-msdt:/id',
    'ms-settings:privacy',
    'ms-officecmd:{}',
    'search-ms:query=x',
    'calculator:',
    'mailto:a@example.org',
    'tel:0123',
    'sms:0123',
    'ftp://example.org/',
    'ws://example.org/',
    'vscode://file/x',
    'steam://run/1',
    'chrome://settings',
    'devtools://devtools/x',
    'view-source:https://example.org',
    'intent://x#Intent;end',
    'ldap://example.org',
    'jar:file:///x!/y',
  ];

  test.each(places)('%s', (url) => {
    const contents = new Contents();
    confine(contents);
    const left = [
      'will-navigate',
      'will-frame-navigate',
      'will-redirect',
      'will-attach-webview',
    ].filter((event) => contents.leaves(event, url));
    expect({ left, opens: contents.opening?.() }).toEqual({ left: [], opens: { action: 'deny' } });
  });
});

describe('S36 Contact Support opens the school’s own address, and R6 nothing else', () => {
  const support = {
    email: 'support@larkfield.example',
    link: 'https://help.larkfield.example/ask?a=b',
  };

  test('by e-mail and by link', () => {
    expect([supportAddress(support, 'email'), supportAddress(support, 'link')]).toEqual([
      'mailto:support@larkfield.example',
      'https://help.larkfield.example/ask?a=b',
    ]);
  });

  test('an address cannot bring a subject, a body or an attachment along', () => {
    const email = 'a?attach=/etc/passwd&body=x@larkfield.example';
    expect(supportAddress({ ...support, email }, 'email')).toBe(
      'mailto:a%3Fattach%3D%2Fetc%2Fpasswd%26body%3Dx@larkfield.example',
    );
  });

  test.each([
    'http://help.larkfield.example/',
    'file:///C:/Windows/System32/calc.exe',
    'ms-msdt:/id',
    'javascript:alert(1)',
    'https://user:secret@help.larkfield.example/',
    '\\\\server\\share',
    'help.larkfield.example',
  ])('a link to %s is not opened', (link) => {
    expect(supportAddress({ ...support, link }, 'link')).toBeNull();
  });

  test('where the school has none, there is nothing to open', () => {
    const none = { email: null, link: null };
    expect([supportAddress(none, 'email'), supportAddress(none, 'link')]).toEqual([null, null]);
  });
});
