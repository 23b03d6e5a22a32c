import './look/kit-styles';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import './look/page.css';

const place = document.getElementById('page');
if (!place) throw new Error('index.html has no place for the page');
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
