from smartinvoice.cli import main

main()
