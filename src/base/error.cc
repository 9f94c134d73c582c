#include "base/error.h"

#include <fmt/format.h>

namespace canvass {
namespace {

std::string compose(const std::string& what, const std::string& where, const std::string& remedy) {
  std::string message = where.empty() ? what : where + ": " + what;
  if (!remedy.empty()) message += "; " + remedy;
  return message;
}

}  // namespace

Error::Error(const std::string& what, const std::string& where, const std::string& remedy)
    : std::runtime_error(compose(what, where, remedy)) {}

std::string recordPlace(const std::string& file, std::size_t record) {
  return fmt::format("{}, record {}", file, record);
}

std::string linePlace(const std::string& file, std::size_t line) {
  return fmt::format("{}:{}", file, line);
}

}  // namespace canvass
