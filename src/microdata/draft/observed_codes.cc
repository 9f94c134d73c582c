#include "microdata/draft/observed_codes.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace canvass {

namespace {

void observeNumber(double number, ObservedCodes& observed) {
  const bool isFirst = observed.numbers == 0;
  observed.least = isFirst ? number : std::min(observed.least, number);
  observed.greatest = isFirst ? number : std::max(observed.greatest, number);
  observed.sum += number;
  observed.sumOfSquares += number * number;
  observed.areWhole = observed.areWhole && number == std::floor(number);
  if (number == 0.0) ++observed.zeros;
  ++observed.numbers;
}

}  // namespace

void observe(const Value& value, ObservedCodes& observed) {
  if (value.kind == Value::Kind::number) {
    observeNumber(value.number, observed);
  } else if (value.kind == Value::Kind::text) {
    ++observed.texts;
  } else if (value.text.empty()) {
    ++observed.missing;
    return;
  } else {
    ++observed.codedMissing;
  }
  if (observed.isTooMany) return;
  ++observed.counts[codeText(value)];
  observed.isTooMany = observed.counts.size() > ObservedCodes::most;
}

std::vector<ObservedCodes> observeCodes(MicrodataReader& reader, Progress& progress) {
  std::vector<ObservedCodes> all(reader.variables().size());
  std::vector<std::size_t> chosen(all.size());
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  reader.read(
      chosen,
      [&all](const RespondentRecord& record) {
        for (std::size_t i = 0; i < all.size(); ++i) observe(record.values[i], all[i]);
      },
      progress);
  return all;
}

}  // namespace canvass
