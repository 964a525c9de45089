document.querySelector('[data-year]').textContent = new Date().getFullYear();
