(function () {
  var rows = document.querySelectorAll('#rows > tbody > tr');
  var buttons = document.querySelectorAll('.tools button[data-show]');
  var search = document.querySelector('.tools input');
  function apply(show) {
    var text = search ? search.value.toLowerCase() : '';
    buttons.forEach(function (button) { button.setAttribute('aria-pressed', String(button.dataset.show === show)); });
    rows.forEach(function (row) {
      var kept = show === 'all' || row.classList.contains(show);
      row.hidden = !(kept && row.textContent.toLowerCase().indexOf(text) >= 0);
    });
  }
  function shown() {
    var pressed = document.querySelector('.tools button[aria-pressed="true"]');
    return pressed ? pressed.dataset.show : 'all';
  }
  buttons.forEach(function (button) {
    button.addEventListener('click', function () { apply(button.dataset.show); });
  });
  if (search) search.addEventListener('input', function () { apply(shown()); });
  // What a link leads to may be folded away.
  function reveal() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden) { if (search) search.value = ''; apply('all'); }
    var folded = target.closest('details');
    if (folded) folded.open = true;
    target.scrollIntoView();
  }
  window.addEventListener('hashchange', reveal);
  if (window.innerWidth <= 760) document.querySelectorAll('details.rests').forEach(function (fold) { fold.open = false; });
  // On a narrow screen all rows are fifty screens.
  if (buttons.length && window.innerWidth <= 760 && document.querySelector('#rows tr.differing')) apply('differing');
  reveal();
})();
