// Paper is white: a page that is dark on the screen is printed as by day, and is dark again afterwards.

let screenTheme;
addEventListener("beforeprint", () => {
  screenTheme = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
});
addEventListener("afterprint", () => (document.documentElement.dataset.theme = screenTheme));
