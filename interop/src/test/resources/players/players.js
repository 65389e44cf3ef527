// Plays ?address= with ?player=; what came of it lies in window.played, where the test reads it.

const played = {version: '', error: '', startMs: -1};
window.played = played;
window.pictures = () => document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames;

const video = document.getElementById('video');

function script(address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.src = address;
    element.onload = resolve;
    element.onerror = () => reject(new Error(address + ' is not there'));
    document.head.append(element);
  });
}

const players = {
  async 'hls.js'(address) {
    const {default: Hls} = await import('/hls/hls.min.mjs');
    played.version = Hls.version;
    const hls = new Hls({workerPath: '/hls/hls.worker.js'});
    hls.on(Hls.Events.ERROR, (_, data) => {
      if (data.fatal) played.error = data.details;
    });
    hls.loadSource(address);
    hls.attachMedia(video);
  },

  async 'Shaka Player'(address) {
    await script('/node_modules/shaka-player/dist/shaka-player.compiled.js');
    played.version = shaka.Player.version;
    shaka.polyfill.installAll();
    const player = new shaka.Player();
    player.addEventListener('error', (event) => {
      played.error = String(event.detail);
    });
    await player.attach(video);
    await player.load(address);
  },

  async 'video.js'(address) {
    await script('/node_modules/video.js/dist/video.min.js');
    played.version = videojs.VERSION;
    const player = videojs(video);
    player.on('error', () => {
      played.error = player.error().message;
    });
    player.src({src: address, type: 'application/x-mpegURL'});
  },
};

const asked = new URLSearchParams(location.search);
const since = performance.now();
video.requestVideoFrameCallback(() => {
  played.startMs = performance.now() - since;
});
try {
  await players[asked.get('player')](asked.get('address'));
} catch (error) {
  played.error = String(error);
}
