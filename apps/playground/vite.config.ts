import { defaultClientConditions, defineConfig } from 'vite'

// What the page may load: its own files, and nothing that turns text into code. A page that is served by others brings the rule along
// as a tag; a worker obeys only the headers it came with, so the servers here send it too.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')
const headers = { 'Content-Security-Policy': policy, 'X-Content-Type-Options': 'nosniff' }

export default defineConfig({
  // Relative addresses, so that it can be served from any folder.
  base: './',
  resolve: { conditions: ['@logodds/source', ...defaultClientConditions] },
  worker: { format: 'es' },
  build: { target: 'es2022', modulePreload: { polyfill: false } },
  server: { headers },
  preview: { headers },
  plugins: [
    {
      name: 'content-security-policy',
      transformIndexHtml: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
          injectTo: 'head-prepend',
        },
      ],
    },
  ],
})
