/** Where the server of this worker of Playwright's listens; E2E_BASE_URLS names one for each (`scripts/e2e`). */
const addresses = (process.env['E2E_BASE_URLS'] ?? 'http://127.0.0.1:8080').trim().split(' ');
export const ADDRESS = addresses[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)] ?? '';
