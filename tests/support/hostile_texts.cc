#include "support/hostile_texts.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "support/test_support.h"

namespace canvass::test {

std::vector<HostileText> hostileTexts() {
  const auto file = sourceFolder() / "tests" / "support" / "hostile_texts.json";
  const Json written = parseJson(readFile(file), file.string());
  std::vector<HostileText> texts;
  for (const auto& [kind, text] : written.items()) {
    texts.push_back({kind, text.get<std::string>()});
  }
  std::string hundredKilobytes;
  while (hundredKilobytes.size() < 100'000) hundredKilobytes += "a<\"&é茶|=";
  texts.push_back({"long", hundredKilobytes});
  return texts;
}

}  // namespace canvass::test
