// Reads a file of SPSS, Stata or SAS for canvass, which starts this program:
//   canvass-readstat FILE FORMAT ENCODING variables          sends the variables
//   canvass-readstat FILE FORMAT ENCODING records INDEX...   sends each record's values of some
// It is a program of its own because ReadStat does not withstand every damaged file: a crash, an
// endless loop or runaway memory use ends here. What it sends, to standard output, are frames
// (microdata/readstat/statistics_frames.h). It also writes such files, so that nothing else of
// canvass is linked with ReadStat:
//   canvass-readstat write FORMAT    from JSON on standard input (export/statistics_package.h) to
//                                    standard output
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <new>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/paths.h"
#include "microdata/readstat/statistics_frames.h"
#include "readstat/frame_sender.h"
#include "readstat/process_limits.h"
#include "readstat/readstat_file.h"
#include "readstat/statistics_writer.h"

namespace canvass {
namespace {

void sendContent(const std::vector<std::string>& arguments, FrameSender& sender) {
  const StatisticsFile file{arguments[0], parseFormat(arguments[1]), arguments[2]};
  limitThisProcess(fileSize(file.path));
  if (arguments[3] == "variables") {
    sender.send(variablesFrame(readVariables(file)));
    return;
  }
  std::vector<std::size_t> chosen;
  for (std::size_t i = 4; i < arguments.size(); ++i) chosen.push_back(std::stoul(arguments[i]));
  readRecords(file, chosen,
              [&sender](const std::vector<Value>& values) { sender.send(recordFrame(values)); });
}

int write(const std::string& format) {
  try {
    const std::string json(std::istreambuf_iterator<char>(std::cin), {});
    const std::string bytes = statisticsFile(json, format);
    return std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size() ? 0 : 1;
  } catch (const std::exception& error) {
    std::fputs(error.what(), stderr);
    return 1;
  }
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.size() == 2 && arguments[0] == "write") return write(arguments[1]);
  if (arguments.size() < 4) {
    std::fputs("canvass-readstat: canvass starts this program to read or write a file\n", stderr);
    return 2;
  }
  FrameSender sender(STDOUT_FILENO);
  try {
    sendContent(arguments, sender);
  } catch (const Error& error) {
    sender.send(errorFrame(error));
  } catch (const std::bad_alloc&) {
    sender.send(errorFrame(Error("the file is damaged: it takes more memory than an intact one", {},
                                 "open it in the program it came from and save it again")));
  } catch (const std::exception& error) {
    sender.send(errorFrame(Error(error.what())));
  }
  sender.flush();
  return 0;
}

}  // namespace
}  // namespace canvass

int main(int argc, char** argv) { return canvass::run({argv + 1, argv + argc}); }
