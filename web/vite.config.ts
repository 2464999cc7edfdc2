import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { mockVenue } from './dev/plugin.ts';

/** Where `npm run dev` finds a running server; `npm run mock` needs none. */
const api = process.env['PLIMSOLL_API'] ?? 'http://localhost:5080';

export default defineConfig(({ mode }) => ({
  // Relative paths, so that the page also works behind a proxy's sub-path.
  base: './',
  plugins: mode === 'mock' ? [react(), mockVenue()] : [react()],
  server: mode === 'mock' ? {} : { proxy: { '/api': { target: api, ws: true } } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'charts', test: /node_modules[\\/](echarts|zrender|tslib)[\\/]/ },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
          ],
        },
      },
    },
  },
  test: { environment: 'node', include: ['src/**/*.test.ts', 'dev/**/*.test.ts'] },
}));
