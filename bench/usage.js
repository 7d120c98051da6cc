/**
 * Loaded before a part of the lab: how much memory the process holds, sampled, and what processor time it used, told to whoever asks.
 * It ends with whoever started it, however that ends.
 */
let peak = 0;
setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 200).unref();
process.on('message', (message) => {
  if (message !== 'usage') return;
  const { user, system } = process.cpuUsage();
  process.send?.({ peak, cpuSeconds: (user + system) / 1e6 });
});
process.on('disconnect', () => process.exit());
process.channel?.unref();
