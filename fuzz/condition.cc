#include "microdata/choice/condition.h"

#include "base/error.h"
#include "parsers.h"

namespace canvass::fuzz {

void condition(std::string_view bytes) try {
  Variable labeled;
  labeled.name = "q";
  labeled.valueLabels = {{"1", "Yes"}, {"2", "No"}};
  Variable plain;
  plain.name = "age";
  const Condition parsed(bytes, {labeled, plain});
  const Value values[] = {valueOf("1"), valueOf("30")};
  parsed.holds(std::span(values).first(parsed.columns().size()));
} catch (const Error&) {
}

}  // namespace canvass::fuzz
