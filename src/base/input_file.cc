#include "base/input_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/descriptor.h"
#include "base/error.h"

namespace canvass {
namespace {

constexpr std::size_t largestInMemory = 1 << 24;

[[noreturn]] void failWithErrno(const std::filesystem::path& path, const char* action) {
  throw Error(fmt::format("cannot {}: {}", action, std::strerror(errno)), path.string());
}

const char* kindOf(mode_t mode) {
  if (S_ISDIR(mode)) return "it is a folder, not a file";
  if (S_ISFIFO(mode)) return "it is a pipe, not a file";
  if (S_ISSOCK(mode)) return "it is a socket, not a file";
  return "it is a device, not a file";
}

std::size_t sizeOfRegular(const Descriptor& file, const std::filesystem::path& path) {
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) failWithErrno(path, "look at it");
  if (S_ISREG(status.st_mode)) return static_cast<std::size_t>(status.st_size);
  throw Error(kindOf(status.st_mode), path.string(),
              S_ISDIR(status.st_mode) ? "name a file in it"
                                      : "save what comes from it to a file, and name that");
}

std::vector<std::byte> contentOf(const Descriptor& file, std::size_t size,
                                 const std::filesystem::path& path) {
  std::vector<std::byte> content(size);
  for (std::size_t done = 0; done < size;) {
    const ssize_t read = ::read(file.number(), content.data() + done, size - done);
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) failWithErrno(path, "read it");
    if (read == 0) {
      throw Error("it became shorter while it was read", path.string(),
                  "start again when no other program writes to it");
    }
    done += static_cast<std::size_t>(read);
  }
  return content;
}

}  // namespace

InputFile::InputFile(std::filesystem::path path) : path_(std::move(path)) {
  // A pipe that nothing writes to would be waited for.
  const Descriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.isOpen()) failWithErrno(path_, "open it");
  const std::size_t size = sizeOfRegular(file, path_);
  if (size <= largestInMemory) {
    content_ = contentOf(file, size, path_);
    bytes_ = content_;
  } else {
    pages_ = MappedPages(file.number(), size, path_);
    bytes_ = pages_.bytes();
  }
}

void InputFile::letGo(std::span<const std::byte> part) const {
  if (!pages_.bytes().empty()) dropPages(part);
}

}  // namespace canvass
