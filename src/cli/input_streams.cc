#include "cli/input_streams.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "base/descriptor.h"
#include "base/error.h"
#include "base/file.h"
#include "base/temporary_folder.h"
#include "cli/output_files.h"

namespace canvass {
namespace {

constexpr const char* standardInput = "-";

// Where what came from streams is kept, until the program ends.
std::filesystem::path placeForStream() {
  static const TemporaryFolder folder;
  static int count = 0;
  return folder / fmt::format("stream-{}", ++count);
}

// Of other devices, some never end.
bool isReadable(const struct stat& status) {
  return S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) || S_ISREG(status.st_mode);
}

// What a pipe without a writer gives is its end, at once, so that is waited for only this long.
constexpr std::chrono::seconds longestWait(5);
constexpr std::chrono::milliseconds betweenLooks(20);

// Reads what a stream gives; one that cannot be read without waiting is waited for.
class StreamReader {
 public:
  StreamReader(int stream, std::string name) : stream_(stream), name_(std::move(name)) {}

  // The next bytes; none at the end.
  std::string_view next() {
    while (true) {
      const ssize_t read = ::read(stream_, piece_.data(), piece_.size());
      if (read > 0) return {piece_.data(), static_cast<std::size_t>(read)};
      if (read == 0) return {};
      if (errno != EINTR && errno != EAGAIN) {
        throw Error(fmt::format("cannot read it: {}", std::strerror(errno)), name_);
      }
      pollfd waiting{stream_, POLLIN, 0};
      ::poll(&waiting, 1, -1);
    }
  }

  // As next(), for the first bytes of a pipe that may not have a writer yet.
  std::string_view first() {
    const auto start = std::chrono::steady_clock::now();
    std::string_view bytes = next();
    while (bytes.empty() && std::chrono::steady_clock::now() - start < longestWait) {
      std::this_thread::sleep_for(betweenLooks);
      bytes = next();
    }
    if (bytes.empty()) throw Error("nothing is written to this pipe", name_, "name a file");
    return bytes;
  }

 private:
  int stream_;
  std::string name_;
  std::array<char, 1 << 16> piece_{};
};

void keep(std::string_view bytes, StreamReader& stream, const std::filesystem::path& place) {
  AtomicFile file(place);
  for (; !bytes.empty(); bytes = stream.next()) file.write(bytes);
  file.commit();
}

std::string keptStandardInput() {
  static std::optional<std::string> kept;
  if (kept) throw Error("it is named twice, but can be read only once", "standard input");
  struct stat status {};
  const bool isKnown = ::fstat(STDIN_FILENO, &status) == 0;
  if (!isKnown || !(isReadable(status) || ::isatty(STDIN_FILENO) != 0)) {
    throw Error("nothing can be read from it", "standard input", "name a file");
  }
  kept = placeForStream().string();
  StreamReader stream(STDIN_FILENO, "standard input");
  keep(stream.next(), stream, *kept);
  return *kept;
}

std::string keptPipe(const std::string& name) {
  const Descriptor pipe(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!pipe.isOpen()) throw Error(fmt::format("cannot open it: {}", std::strerror(errno)), name);
  std::string kept = placeForStream().string();
  StreamReader stream(pipe.number(), name);
  keep(stream.first(), stream, kept);
  return kept;
}

std::string fileOf(std::string value) {
  if (value == standardInput || value == "/dev/stdin") return keptStandardInput();
  struct stat status {};
  const bool isPipe = ::stat(value.c_str(), &status) == 0 && S_ISFIFO(status.st_mode);
  return isPipe ? keptPipe(value) : std::move(value);
}

}  // namespace

void acceptStreams(CLI::App& app) {
  for (CLI::Option* option : app.get_options()) {
    if (option->get_type_name() == "FILE" && !namesOutput(*option)) option->transform(fileOf);
  }
  for (CLI::App* verb : app.get_subcommands(nullptr)) acceptStreams(*verb);
}

}  // namespace canvass
