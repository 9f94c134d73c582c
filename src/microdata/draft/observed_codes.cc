#include "microdata/draft/observed_codes.h"

#include <algorithm>
#include <numeric>

namespace canvass {

void observe(const Value& value, ObservedCodes& observed) {
  if (value.kind == Value::Kind::number) {
    observed.least = observed.numbers == 0 ? value.number : std::min(observed.least, value.number);
    ++observed.numbers;
  } else if (value.kind == Value::Kind::text) {
    ++observed.texts;
  } else if (value.text.empty()) {
    ++observed.missing;
    return;
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
