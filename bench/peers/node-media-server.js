const NodeMediaServer = require('{installed}/node-media-server/node_modules/node-media-server');

new NodeMediaServer({
  logType: 1,
  rtmp: { port: {rtmp-port}, chunk_size: 60000, gop_cache: true, ping: 30, ping_timeout: 60 },
  http: { port: {http-port}, mediaroot: '{folder}/media', allow_origin: '*' },
  trans: {
    ffmpeg: '/usr/bin/ffmpeg',
    tasks: [{ app: 'live', hls: true, hlsFlags: '[hls_time=2:hls_list_size=5:hls_flags=delete_segments]' }],
  },
}).run();
