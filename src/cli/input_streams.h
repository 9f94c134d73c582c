#pragma once

namespace CLI {
class App;
}

namespace canvass {

// Lets a verb read what is not a file where its options name one: "-" is standard input, and a pipe
// such as <(zcat answers.csv.gz) is one, too. What comes from a stream is kept in a temporary file,
// since files are read more than once. To be called once all verbs and their options are known.
void acceptStreams(CLI::App& app);

}  // namespace canvass
