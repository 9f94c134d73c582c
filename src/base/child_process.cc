#include "base/child_process.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "base/error.h"
#include "base/start_program.h"

namespace canvass {
namespace {

// Files without a name rather than pipes: neither side can wait for the other.
class Stream {
 public:
  Stream() : file_(std::tmpfile()) {
    if (file_ == nullptr) {
      throw Error(fmt::format("cannot make a temporary file: {}", std::strerror(errno)));
    }
  }

  void write(std::string_view text) {
    const bool whole = std::fwrite(text.data(), 1, text.size(), file_.get()) == text.size();
    if (!whole || std::fflush(file_.get()) != 0) {
      throw Error(fmt::format("cannot write a temporary file: {}", std::strerror(errno)));
    }
    std::rewind(file_.get());
  }

  std::string read() {
    std::string text;
    std::rewind(file_.get());
    char buffer[1 << 16];
    while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, file_.get())) {
      text.append(buffer, size);
    }
    return text;
  }

  int descriptor() const { return ::fileno(file_.get()); }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace

std::optional<ChildResult> runChild(const std::vector<std::string>& command,
                                    std::string_view input) {
  Stream in;
  Stream out;
  Stream errors;
  in.write(input);
  const auto process =
      startProgram(command, {in.descriptor(), out.descriptor(), errors.descriptor()});
  if (!process) return std::nullopt;
  const int status = waitForProgram(*process);
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return ChildResult{code, out.read(), errors.read()};
}

}  // namespace canvass
