from canvass._run import main

main()
