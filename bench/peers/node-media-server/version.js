// Prints the version that is installed: node version.js FOLDER
const name = 'node-media-server';
console.log(`Node-Media-Server ${require(`${process.argv[2]}/${name}/node_modules/${name}/package.json`).version}`);
