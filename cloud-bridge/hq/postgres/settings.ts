/**
 * Settings of the embedded server. Small, because it shares a machine; what is acknowledged is on
 * disk (synchronous_commit). Batches are large, so the log is given room between checkpoints.
 */
export const POSTGRES_SETTINGS: Readonly<Record<string, string>> = {
  max_connections: '60',
  shared_buffers: '256MB',
  wal_buffers: '16MB',
  min_wal_size: '512MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  synchronous_commit: 'on',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  // Compiling a query takes longer than any of ours runs.
  jit: 'off',
  log_checkpoints: 'off',
  log_min_messages: 'warning',
};
