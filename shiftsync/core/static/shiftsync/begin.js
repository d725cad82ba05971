// Proposes the zone and the country of this browser where nothing was chosen yet, and writes countries by their names.
// Without it the page works as the server sent it.
(() => {
  const form = document.getElementById('begin');
  if (form === null) return;
  const language = document.documentElement.lang;
  const zone = form.elements.namedItem('timezone');
  const country = form.elements.namedItem('country');

  const names = new Intl.DisplayNames([language], { type: 'region' });
  const options = Array.from(country.options, (option) => {
    option.value = option.text;
    option.text = names.of(option.value) ?? option.value;
    return option;
  });
  options.sort((one, other) => one.text.localeCompare(other.text, language));
  country.append(...options);

  if (form.elements.namedItem('name').value !== '') return;
  const has = (select, value) => Array.from(select.options).some((option) => option.value === value);
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (has(zone, own)) zone.value = own;
  const region = new Intl.Locale(navigator.language).region;
  if (region !== undefined && has(country, region)) country.value = region;
})();
