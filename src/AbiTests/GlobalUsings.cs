global using Faultline.Userfaultfd;
global using Faultline.Userfaultfd.Abi;
