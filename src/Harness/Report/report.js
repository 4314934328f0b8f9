(function () {
  var rows = document.querySelectorAll('table.matrix tbody tr');
  var buttons = document.querySelectorAll('.tools button[data-show]');
  var search = document.querySelector('.tools input');
  var show = 'all';
  function apply() {
    var text = search.value.toLowerCase();
    rows.forEach(function (row) {
      var kept = show === 'all' || row.classList.contains(show);
      row.hidden = !(kept && row.textContent.toLowerCase().indexOf(text) >= 0);
    });
  }
  buttons.forEach(function (button) {
    button.addEventListener('click', function () {
      show = button.dataset.show;
      buttons.forEach(function (other) { other.setAttribute('aria-pressed', String(other === button)); });
      apply();
    });
  });
  if (search) search.addEventListener('input', apply);
})();
