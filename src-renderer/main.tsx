/** Where the page begins: what must come first, the looks, then the program. */
import './app/first.ts';
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import './design/tokens.css';
import './design/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Program } from './app/program.tsx';

const page = document.getElementById('page');
if (page === null) throw new Error('index.html has no #page.');
createRoot(page).render(
  <StrictMode>
    <Program />
  </StrictMode>,
);
