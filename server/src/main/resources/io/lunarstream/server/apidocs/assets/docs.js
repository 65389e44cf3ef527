// The page to read and try the API: Swagger UI on the document of this server. Nothing is asked of any other host, and
// no key is kept when the page closes.

const darkness = matchMedia('(prefers-color-scheme: dark)');
const showDarkness = () => document.documentElement.classList.toggle('dark-mode', darkness.matches);
darkness.addEventListener('change', showDarkness);
showDarkness();

// The document names the public address. A page that was opened by another one, such as localhost, stays there.
const toThisServer = (request) => {
  const address = new URL(request.url, location.origin);
  request.url = location.origin + address.pathname + address.search;
  return request;
};

const api = document.getElementById('api');

SwaggerUIBundle({
  url: '/openapi.yaml',
  domNode: api,
  layout: 'BaseLayout',
  presets: [SwaggerUIBundle.presets.apis],
  requestInterceptor: toThisServer,
  validatorUrl: null,
  queryConfigEnabled: false,
  persistAuthorization: false,
  deepLinking: true,
  filter: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  defaultModelExpandDepth: 3,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  onComplete: () => {
    api.querySelector('.operation-filter-input').setAttribute('aria-label', 'Filter by tag or path');
    api.setAttribute('aria-busy', 'false');
  },
});
