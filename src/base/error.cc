#include "base/error.h"

#include <fmt/format.h>

#include <utility>

namespace canvass {
namespace {

// The two with `separator` between them; one of them alone if the other is empty.
std::string joined(const std::string& first, const char* separator, const std::string& second) {
  if (first.empty() || second.empty()) return first + second;
  return first + separator + second;
}

std::string messageOf(const std::string& fault, const std::string& where,
                      const std::string& remedy) {
  std::string message = where.empty() ? fault : where + ": " + fault;
  if (!remedy.empty()) message += "; " + remedy;
  return message;
}

}  // namespace

Error::Error(std::string fault, std::string where, std::string remedy)
    : std::runtime_error(messageOf(fault, where, remedy)),
      fault_(std::move(fault)),
      where_(std::move(where)),
      remedy_(std::move(remedy)) {}

Error Error::at(const std::string& location) const {
  return Error(fault_, joined(location, ": ", where_), remedy_);
}

Error Error::withRemedy(const std::string& another) const {
  return Error(fault_, where_, joined(remedy_, "; ", another));
}

std::string recordPlace(const std::string& file, std::size_t record) {
  return fmt::format("{}, record {}", file, record);
}

std::string linePlace(const std::string& file, std::size_t line) {
  return fmt::format("{}:{}", file, line);
}

}  // namespace canvass
