import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { startSession } from './live/session';
import { startTheme } from './theme/theme';
import { startViews } from './view/view';
import './styles/index.css';

startTheme();
startSession();
startViews();

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root.');
createRoot(root).render(<StrictMode><App /></StrictMode>);
