/** Loaded before a part of the lab: how much memory the process holds, sampled, and told to whoever asks. */
let peak = 0;
setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 200).unref();
process.on('message', (message) => {
  if (message === 'peak') process.send?.({ peak });
});
process.channel?.unref();
