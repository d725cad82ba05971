/**
 * The server of this worker of Playwright's: `scripts/e2e` starts one for each and names them in E2E_BASE_URLS, so that no
 * two tests at a time share a server. A worker that is started again keeps its index, and so its server.
 */
const addresses = (process.env['E2E_BASE_URLS'] ?? 'http://127.0.0.1:8080').trim().split(' ');
export const ADDRESS = addresses[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)] ?? '';
