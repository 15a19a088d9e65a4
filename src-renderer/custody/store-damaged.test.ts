import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { StoreDamaged } from './store-damaged.tsx';

test('R25 whoever comes to a computer whose store was damaged is told so, and nobody else', () => {
  const shown = (wasStoreDamaged: boolean): string =>
    renderToStaticMarkup(createElement(StoreDamaged, { computer: { wasStoreDamaged } }));
  expect(shown(true)).toContain('What was saved on this computer was damaged.');
  expect(shown(false)).toBe('');
});
