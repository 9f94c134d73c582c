#include "hub/download.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <optional>
#include <utility>

#include "base/descriptor.h"
#include "base/error.h"
#include "base/installation.h"
#include "base/start_program.h"
#include "hub/download_messages.h"
#include "hub/hub_settings.h"

namespace canvass {
namespace {

constexpr int millisecondsBetweenLooks = 200;
constexpr const char* otherWay =
    "reinstall canvass, or download the model in another way and give its folder";

// The running program and the lines that it writes.
class Downloader {
 public:
  explicit Downloader(const std::vector<std::string>& command);
  ~Downloader() { end(); }
  Downloader(const Downloader&) = delete;
  Downloader& operator=(const Downloader&) = delete;

  // The next line, without its end; nothing once there are no more. Throws Error if the user asks
  // `progress` to stop.
  std::optional<std::string> nextLine(const Progress& progress);
  // Waits for the program and returns its status, as waitpid reports it.
  int wait() { return waitForProgram(std::exchange(process_, -1)); }

 private:
  bool readMore(const Progress& progress);
  void end();

  pid_t process_ = -1;
  Descriptor pipe_;
  std::string buffer_;
};

Downloader::Downloader(const std::vector<std::string>& command) {
  auto program = startProgramToRead(command);
  if (!program) {
    throw Error("there is no such program, which downloads models", command[0], otherWay);
  }
  process_ = program->process;
  pipe_ = std::move(program->output);
}

void Downloader::end() {
  if (process_ < 0) return;
  ::kill(process_, SIGTERM);
  wait();
}

std::optional<std::string> Downloader::nextLine(const Progress& progress) {
  while (true) {
    const auto end = buffer_.find('\n');
    if (end != std::string::npos) {
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return line;
    }
    if (!readMore(progress)) return std::nullopt;
  }
}

// False at the end of what the program writes.
bool Downloader::readMore(const Progress& progress) {
  pollfd readable{pipe_.number(), POLLIN, 0};
  do {
    if (progress.stopRequested()) {
      throw Error("stopped", {},
                  "what was downloaded is kept: the same command goes on from there");
    }
  } while (::poll(&readable, 1, millisecondsBetweenLooks) <= 0);
  char bytes[1 << 12];
  const ssize_t count = ::read(pipe_.number(), bytes, sizeof bytes);
  if (count < 0 && errno == EINTR) return true;
  if (count > 0) buffer_.append(bytes, static_cast<std::size_t>(count));
  return count > 0;
}

// What the messages of one download say, passed on.
class Listener {
 public:
  Listener(const HubName& name, Progress& progress) : name_(name), progress_(progress) {}

  void operator()(const DownloadProgress& update) {
    if (!announced_ && update.total > 0) announce(update);
    progress_.update(update.done / megabyte, update.total / megabyte, update.file);
  }
  void operator()(const DownloadNote& note) { progress_.message(note.text); }
  void operator()(const DownloadDone& done) { path_ = done.path; }
  void operator()(const DownloadFault& error) {
    throw Error(error.fault, error.where, error.remedy);
  }

  const std::optional<std::filesystem::path>& path() const { return path_; }

 private:
  void announce(const DownloadProgress& update) {
    announced_ = true;
    if (update.total - update.done < megabyte) return;
    progress_.message(fmt::format("downloading {} ({} MB) from {} into {}", hubNameText(name_),
                                  update.total / megabyte, hubEndpoint(),
                                  hubCacheFolder().string()));
  }

  const HubName& name_;
  Progress& progress_;
  bool announced_ = false;
  std::optional<std::filesystem::path> path_;
};

[[noreturn]] void failForEnd(int status, const std::string& program) {
  constexpr int couldNotBeLoaded = 127;  // a library that it needs is missing
  if (WIFSIGNALED(status)) {
    throw Error(fmt::format("it was ended by signal {}", WTERMSIG(status)), program,
                "what was downloaded is kept: try again");
  }
  if (WEXITSTATUS(status) == couldNotBeLoaded) {
    throw Error("it cannot be run; its message above says why", program, otherWay);
  }
  throw Error("it ended without a result", program, otherWay);
}

}  // namespace

std::filesystem::path download(const HubName& name, Progress& progress) {
  return downloadBy(installedFile("canvass-download", CANVASS_BUILT_DOWNLOAD_FOLDER), name,
                    progress);
}

std::filesystem::path downloadBy(const std::string& program, const HubName& name,
                                 Progress& progress) {
  Downloader downloader({program, name.repository, name.revision, name.file});
  Listener listener(name, progress);
  while (const auto line = downloader.nextLine(progress)) {
    std::visit(listener, parseDownloadLine(*line));
  }
  const int status = downloader.wait();
  if (!listener.path()) failForEnd(status, program);
  return name.file.empty() ? *listener.path() : *listener.path() / name.file;
}

}  // namespace canvass
